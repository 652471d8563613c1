"""A Year in; what more it shows out: themes, comparisons, change, non-response, engagement, goals, claims."""
