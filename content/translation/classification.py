from clinic.lib.privacy import classify

CLASSIFICATION = {
    "Basis": classify(public=("content_type", "object_id", "revision", "as_of"), personal=("confirmed_by",)),
}
