"""The use cases, one in each file: what people and the worker can make Calendra do."""
