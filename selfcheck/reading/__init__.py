"""From files to the domain: strict reading of questionnaires, answers, modules and examples, and what identifies them."""
