from poi_search.cli import main

main()
