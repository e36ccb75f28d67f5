from clinic.lib.privacy import classify

CLASSIFICATION = {"LoadedItem": classify(public=("key", "loaded_at"))}
