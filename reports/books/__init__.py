"""A planner's workbook: cover, one sheet a question, worklists ranked by what they move, plan, audit and calendar."""
