"""The policy as data: rules, articles, rule sets, adverse facts, goals and schemes."""
