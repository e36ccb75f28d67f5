from clinic.lib.privacy import classify

CLASSIFICATION = {"Debt": classify(public=("made_at",))}
