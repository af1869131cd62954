# De oefenomgeving: wie er wonen, en wat Slack zelf zou zeggen.

practice-title-marit = Coach, Amsterdam
practice-title-sanne = IT-manager, Amsterdam
practice-title-grace = IT-manager, New York
practice-title-arjun = IT-manager, Bengaluru
practice-title-robin = IT-manager, geen tijdzone ingesteld
practice-title-iris = IT-manager, zit in de ondernemingsraad
practice-required = Vul dit veld in.
practice-too-long = Dit is te lang. Maak het korter.
practice-too-short = Dit is te kort. Schrijf iets meer.
practice-tombstone = Dit bericht is verwijderd.
