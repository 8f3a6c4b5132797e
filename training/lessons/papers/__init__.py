"""The question bank -> test papers in several forms with their options shuffled, their keys, the evaluation
form."""
