"""Plain data in and out: reads and writes questionnaires and answers, checks them, and names every problem with its place."""
