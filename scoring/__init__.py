"""The domain of the self-assessment: questionnaire, rules, result, comparison, next steps.

Standard library only; imports nothing of ours. The way of the data: `parse` files → `Questionnaire`; `parse_sheet`
answers → `Sheet`; `assess(questionnaire, sheet)` → `Result`; from it `hints`, `compare` and `next_steps`.
"""
