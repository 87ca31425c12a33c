"""Why a verdict is what it is: the exact account of the model's answers, said in sentences."""
