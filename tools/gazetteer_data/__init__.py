"""How is data/gazetteer/ rebuilt from the packages named in sources.toml?"""
