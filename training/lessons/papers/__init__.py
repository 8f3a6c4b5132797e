"""The question bank -> test papers in several shuffled forms, their keys, the evaluation form."""
