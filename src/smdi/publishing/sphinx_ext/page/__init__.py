"""What stands around the text of a page: its head, its menus, its styles and fonts."""
