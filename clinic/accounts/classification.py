from clinic.lib.privacy import classify

CLASSIFICATION = {
    "ApiKey": classify(
        public=("name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"),
        personal=("created_by",),
        secret=("secret_hash",),
    ),
    "User": classify(
        public=("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
        personal=("username", "first_name", "last_name", "email", "date_joined", "last_login"),
        secret=("password", "session_epoch"),
    ),
}
