"""What the rules need from outside, said in the domain's own words."""
