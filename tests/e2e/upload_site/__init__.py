"""The house with one page more: a form that takes files, as an owning room would have it."""
