"""What everything stands on: settings, database, languages, shipped files, typesetting, mail, calendars. No ideas, only tools."""
