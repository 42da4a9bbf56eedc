"""Security events: what happened to sign-ins, people, connections and stored data, for the practice's admins."""
