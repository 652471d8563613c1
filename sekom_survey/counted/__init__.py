"""An Export and a Wave in; Responses, the Frame and the estimates out: the Year."""
