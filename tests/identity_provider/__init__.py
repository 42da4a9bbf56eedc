"""A certified OpenID provider (npm oidc-provider) as a process, for tests of single sign-on."""
