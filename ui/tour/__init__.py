"""The whole job, done by driving the same windows a counselor uses, with pictures and proof."""
