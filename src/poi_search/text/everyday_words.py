"""Words of everyday English that are spelled like a short form of biomedicine.

In small letters each is the word, so only capitals make it the short form: 'art', 'a cat', 'a
star'. Drawn from the symbols and aliases of human genes (HGNC) and the acronyms among the entry
terms of MeSH.
"""

from __future__ import annotations

from typing import Final

from poi_search.text.function_words import FUNCTION_WORDS

EVERYDAY_WORDS: Final = FUNCTION_WORDS | frozenset(
    "ace ache act aft aid aids air alas alien all amid amp ape app apple apt arc arch aria ark"
    " arm arms art arts ask aura bad bam bank bar bars base bash bat bet bid bike bit bite"
    " blame blast bog bomb bop brag bright bun cage call calm cam camel camp can cap caps"
    " car carp cars cart cash cask cast cat cats cell champ chat chip chop chrome clamp clan clap"
    " clasp clip clock clot cocoa cod coil comet comp cop cope cot cram crest crop cut damage dams"
    " dance danger dear dine dip dom dragon dream duet duo ears ego end era face fact fad fame fan"
    " fast fat fate fats feat fell fig find fir fish fix flame flap flash flip flower foe fog fry"
    " fur gal gala gale gap gas gasp gem get gig go goat grab grail grasp great grit hang hare"
    " harp hat heal heed hint hip hits hole hop hope hops hub hug hype ice idol imp kid killer kin"
    " kit lab lad lag lamp lap large lark laser lax let liar light lim lime limit lip lit lobe"
    " lord lyric mad mail mall maps mark mars mart mask mass mast mat mater memo men met mica"
    " mice mink minor mint mist mob mom mop mud musk nail nap nest net nets nope numb nut"
    " oasis odd out oval ox pace pact pad paint pal palm pals panda pants papa parrot peas pen"
    " permit pigs pilot pin pins pint pip plane poem pole poll post prep prey prism pros race"
    " rage rain ram ramp ran rank rap ray red ref rest rhino rifle rig rim rip rod sac sage sail"
    " sap sat scar sea sect sell set sex shank sharp she ship shot sin sine sip sit ski skip sky"
    " slap slick slim slug sly smile snail snap snare solo son soul spam spice spin spring stamp"
    " star stars steel stem step sting stop storm strap stud sup swan swap symbol sync tag tan"
    " tank tap tape taps task tax ted temp thank tic tie tied tip tips top trade trail tram tramp"
    " trance trap tri trim trio trip tub tube tug tuna tweak twist type ups van vista warp warts"
    " wasp wave whip whistle wire wish yes zip".split()
)  # fmt: skip
