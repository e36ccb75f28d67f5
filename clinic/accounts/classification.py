from clinic.lib.privacy import classify

CLASSIFICATION = {
    "User": classify(
        public=("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
        personal=("username", "first_name", "last_name", "email", "date_joined", "last_login"),
        secret=("password", "session_epoch"),
    ),
}
