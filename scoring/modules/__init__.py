"""In-depth modules: optional questionnaires of their own, made of rows and columns. Data, never code, tells them apart."""
