"""What there is: questionnaire, rules, examples, answers and their words, as frozen data."""
