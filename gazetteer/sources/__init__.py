"""Where does the gazetteer's knowledge come from, and how is each source read?"""
