"""What Word and PowerPoint files share: packages, pictures, tables, text measured."""
