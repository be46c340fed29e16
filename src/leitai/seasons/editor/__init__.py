"""The guided editor of rules: from the language's classes to boxes of a form, and back to data."""
