"""From answers to a result: values with ranges and trace, comparison with examples, questions, next steps."""
