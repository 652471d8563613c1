"""Tables in; the workbook out."""
