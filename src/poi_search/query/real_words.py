"""Words that are spelled right although they look like slips for others.

Most words that a library does not have are no slips: *neuropathy* is not *nephropathy*, *moose* is
not *mouse*, and the hormone *secretin* is not *secretion*. These names of diseases, substances,
parts of the body, operations, animals and plants lie near other words, and are never corrected;
nor are the common words of English.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from poi_search.text.analysis import fold
from poi_search.text.common_words import common_stems
from poi_search.text.stemming import stem

_WORDS: Final = """
    abduction ablation abortion acacia acetate acetic acetone acetylcholine acidosis acne actin
    activin acyclovir addict addiction adduct adduction adenine adenopathy adrenaline
    adrenocorticotropin affect alanine albendazole alcohol alder aldosterone alkalosis almond
    alopecia aluminum amenorrhea amlodipine amnesia amniocentesis amniotomy amoeba amoxicillin
    amylase amylose analgesia anastrozole androstenedione anemia anemone anesthesia aneurysm
    angina aniline anorexia anosmia anthracene antimony anxiety aphagia aphasia apnea
    appendicitis apple apraxia apricot arabinose arginine arrhythmia arsenic artemisinin
    arthralgia arthropathy arthroscopy ascites ascorbate asparagine aspen aspergillus asphyxia
    aspiration asthma ataxia atenolol atorvastatin atresia atrophy aural autism autopsy aviation
    avocado axis azathioprine azotemia baclofen bacteremia badger banana barium barley basil
    bean bear beaver beech beet benzene berry betaine bevacizumab biology biopsy biotin birch
    bismuth bison boar boron bradycardia bradypnea bromide bromine bronchitis bronchoscopy
    bruise buffalo bulimia bull bunion burn butanol butyrate butyric cabbage cadherin cadmium
    calcitonin calcitriol calcium calf callus camel candida candidiasis carbamazepine carbon
    carbuncle cardiology cardiopathy cardiotoxicity carnitine carotene carp carrot casein cashew
    castration cataract cattle cedar celery cellobiose cellulose cerium cervicitis cervix
    cesarean cesium cherry chestnut chicken chilblain chitin chive chlamydia chlorate chloride
    chlorine chlorite chloroquine cholecystitis cholecystokinin cholera choline choroid chromium
    ciclosporin ciprofloxacin cirrhosis citrate citrus clam clopidogrel clover clozapine
    cobalamin cobalt coccyx cochlea cocoa coconut coffee colectomy colic colitis colostomy
    colposcopy compulsion concussion conjunctivitis conversion convulsion copper corn cornea
    cortex corticotropin cortisol cortisone cotton cough crab cramp cranberry crane creatine
    creatinine cretinism croup crow cryptococcus cucumber cuttlefish cyanosis cysteine cystine
    cystitis cystoscopy cytology cytosine dandruff date deer delegation delirium dementia dengue
    depression deprivation derivation dermatitis dermatosis dermis desolation dexamethasone
    diarrhea diazepam diffusion digoxin dilatation dilation diphtheria dissolution
    diverticulitis dolphin donkey dopamine dove dropsy duck dyspepsia dysphagia dysphasia
    dysplasia dyspnea dystrophy eagle ebola eclampsia ecology eczema edema effusion elastin
    elation elevation embolism embolization embryology emersion emphysema empyema emulation
    emulsion encephalitis encephalopathy endocarditis endometritis endoscopy enteritis
    enteropathy enuresis epididymitis epilepsy episiotomy epistaxis equilin equol erysipelas
    erythromycin estriol estrone ethanol evaluation eversion evolution expiration expulsion
    falcon femur fennel fentanyl fern ferret fibronectin fibrosis filaria finasteride finch
    fistula flax flea fluconazole fluoride fluorine fluoxetine folate follistatin formate formic
    fracture frog fructose fumarate fungemia furan furosemide gabapentin gadolinium galactose
    gallium gallstone gangrene garlic gastrectomy gastrin gastrinoma gastritis gastrostomy gecko
    gentamicin geology gerbil germanium gestation ghrelin giardia ginger glaucoma glioma
    glipizide glucagon glucosuria glutamate glutamine gluten glycerol glycine glycosuria goat
    goiter gold gonorrhea goose gout grape grass guanine gull hallux haloperidol hamster hare
    hawk hazel hematoma hematuria hemophilia hemorrhoid hemp heparin hepatitis hepatology
    hepatotoxicity hernia herpes hiccup histamine histidine histology hives holly hornet horse
    humerus humorous hydrocele hydrocortisone hydrogen hyperesthesia hyperkalemia hypernatremia
    hypervolemia hypokalemia hyponatremia hypovolemia hypoxemia hysterectomy hysteroscopy
    hysterotomy ibuprofen ileum ileus ilium imatinib imidazole immersion impetigo incontinence
    indium indole influenza infusion inhibin innovation inositol insolation insomnia inspiration
    insulation insulin integrin interferon inulin inversion iodide iodine iris iron irrigation
    ischemia isolation isoleucine itch ivermectin jaundice juniper kale keloid keratin ketamine
    ketoconazole ketosis kisspeptin kyphosis lactase lactate lactose lamb laminin lanthanum
    laparoscopy laparotomy lark larynx lavender lead leech leek leishmania lemon lemur lentil
    leopard leprosy leptin lettuce leucine leukemia leukocytosis leukopenia levothyroxine
    ligation lignin lily lime linden lion lisinopril lithium litigation lizard llama lobster
    locust loperamide lorazepam lordosis losartan lotus louse lumbago lupus lutein lycopene
    lymphoma lynx lysine magnesium maize malate maleate maltase maltose manganese mango mania
    mannitol mannose maple mastectomy mastitis measles meiosis melanoma melanotropin melatonin
    melon menadione menthol mercury mesothelioma methanol methionine methotrexate metritis
    migraine millet mink mint miosis miscarriage mite mitigation mitosis mole molybdenum moose
    morphine mosquito moss moth motilin motion mulberry mule mumps mussel mustard myalgia
    myasthenia mycophenolate mycosis mydriasis myelitis myeloma myiasis myocarditis myopathy
    myopia myosin myosis myxedema naphthalene naproxen narcolepsy nation nausea necropsy
    necrosis neodymium neoplasia nephritis nephrolithiasis nephrology nephropathy nephrosis
    nephrotoxicity nettle neuralgia neuritis neuroblastoma neurology neuropathy neurosis
    neurotoxicity newt niacin nickel nitrate nitrite nitrogen noradrenaline notion nystagmus
    oats obesity oblation obstruction octopus olive omeprazole oncology ondansetron onion
    ontology oophorectomy option oral orange orchid orchidopexy orchiectomy orchitis oregano
    orthopnea oseltamivir osteoarthritis osteoma osteopenia osteosarcoma ostrich otalgia otitis
    ototoxicity otter ovariectomy oxalate oxazole oxygen oxytocin oyster palladium palm
    pancreatitis panda panther papaya paralysis paresis paresthesia parrot parsley peach peanut
    pear pecan pectin pellagra penicillin penicillium pepper perch perfusion pericarditis
    perineal perineum peritoneum peritonitis peroneal perspiration pertussis phallus pharynx
    phenol phenytoin phlebitis phosphate phosphine phosphite phosphorus pigeon pike pine
    pistachio platinum pleurisy plover plum pneumonia pneumothorax polio pollex polydipsia
    polyuria pony poplar porphyria porpoise portion potassium potato prawn prednisone
    preeclampsia pregnenolone presbyopia prescription profusion prolactin prolapse proline
    pronation propanol propofol propranolol propulsion proscription prostate prostatitis
    prostrate prostration proteinuria pruritus psoriasis psychosis ptosis puma pumpkin pupil
    purine pyelonephritis pyran pyridine pyridoxine pyrimidine python quail quinine quinoa
    quinoline quinolone rabbit rabies raccoon radish radium raffinose ranitidine rash raspberry
    ration raven rectum reindeer relation relative relaxin remdesivir renovation repulsion
    resolution retina retinoblastoma retinol retinopathy revolution revulsion rhinoceros
    ribavirin riboflavin ribose rice rickets ringworm risperidone rituximab robin rooster
    rosacea rosemary rubella rubidium saffron sage salbutamol salmon salpingectomy salpingitis
    salpingostomy sarcoidosis sarcoma scabies scallop scarlatina schistosoma sciatica sclera
    scleroderma scoliosis scrotum scurvy seal seaweed secretagogue secretin seizure selectin
    selenium sepsis septum serine serotonin sertraline sesame shark sheep shingles shrew shrimp
    sildenafil silicon silicosis silver simulation simvastatin sinusitis skunk slug smallpox
    snail snake sodium solution somatostatin sorbitol sorghum sparrow spermatocele spider
    spinach spironolactone sprain spruce squash squid squirrel starling station sterile sternum
    steroid sterol stimulation stork strabismus strawberry streptomycin stroke strontium
    sturgeon stye styrene succinate sucrase sucrose sulfate sulfide sulfite sulfur sunflower
    supination swan syncope syphilis syrinx tachycardia tachypnea tacrolimus tamoxifen tapir
    tartrate taurine tellurium termite testosterone tetanus tetracycline thalassemia thallium
    theology theophylline thiamine thiazole thorium threonine thrombocytopenia thrombocytosis
    thrombosis thyme thymine thyroid thyroidectomy thyrotropin thyroxine tick tiger tinnitus
    titanium toad tobacco tocopherol toluene tomato tonsillitis torticollis tortoise toxemia
    toxoplasma trachea trachoma transfusion trastuzumab trehalose tremor trichomonas trout
    trypanosoma tubulin tulip tuna tungsten turkey turmeric turtle typhoid tyrosine ulcer uracil
    uranium uremia ureter ureteritis urethra urethritis urology urticaria uterus utricle uveitis
    vaginitis valine valproate vanadium vancomycin vanilla varicella varicocele varicose
    vasectomy vasopressin ventricle vermis vertex vertigo vine viremia vitiligo vole vortex
    vulture walnut warfarin wart wasp weasel whale wheat whooping willow wolf worm wren xylene
    xylitol xylose zeaxanthin zebra zein zidovudine zinc zoology
"""


def is_real_word(word: str) -> bool:
    """Whether a word is known to be spelled right, in any inflection."""
    own = stem(fold(word))
    return own in _stems() or own in common_stems()


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _WORDS.split())
