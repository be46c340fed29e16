"""A contest that one person holds for the own unit: rooms put together, step by step.

What is done is read from what the rooms hold; nothing here keeps a state of its own.
"""
