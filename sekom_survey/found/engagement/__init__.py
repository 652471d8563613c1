"""How members take part: movements, fee, engagement index, duties and signs that one may leave."""
