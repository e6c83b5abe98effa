"""The one rule about managers' codes, in the same words wherever it is told."""

NO_CODE_RULE = "Tant que personne n'a de code de responsable, aucun code n'est demandé."
