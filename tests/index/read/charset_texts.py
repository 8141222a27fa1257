"""News of one town in many languages, and the encodings in which such texts were and are written."""

TEXTS = {
    "English": (
        "The café on the quay reopens on Friday, the mayor’s office said. “We have waited for years,” said "
        "Zoë Müller, who runs it. The naïve hope that the ferry would return by Easter was not met, and "
        "nobody can say when it will.",
        ("cp1252", "mac-roman"),
    ),
    "French": (
        "Le préfet a déclaré mercredi que la forêt brûlée ne repousserait pas avant dix ans. À Marseille, "
        "les élus de la région réclament des moyens supplémentaires. « C’est une question d’honneur », a "
        "ajouté le maire, élu en août.",
        ("cp1252", "iso8859-15", "mac-roman", "cp850"),
    ),
    "German": (
        "Der Stadtrat hat am Dienstagabend über die Fähre beschlossen. Für die Bürger sei das ein großer "
        "Schritt, sagte der Geschäftsführer der Werft. Zuvor hatten die Behörden jahrelang geprüft, ob die "
        "Brücke überhaupt hält.",
        ("cp1252", "iso8859-15", "mac-roman", "cp850"),
    ),
    "Spanish": (
        "El alcalde aseguró el martes que el puente se abrirá mañana. Según José Muñoz, director del "
        "periódico más leído de la región, la decisión llega después de años de espera. ¿Qué pasará ahora "
        "con los pescadores?",
        ("cp1252", "iso8859-15", "mac-roman"),
    ),
    "Portuguese": (
        "A câmara aprovou na terça-feira a construção da ponte. A votação prolongou-se até de madrugada e a "
        "oposição anunciou que não vai recorrer. Segundo João Gonçalves, a decisão chega após anos de espera.",
        ("cp1252", "iso8859-15"),
    ),
    "Italian": (
        "Il sindaco ha detto che il traghetto non tornerà prima di Pasqua. La città aspetta da più di dieci "
        "anni e l’opposizione è contraria, perché il costo è già raddoppiato. Così martedì il consiglio "
        "deciderà.",
        ("cp1252", "iso8859-15"),
    ),
    "Swedish": (
        "Fullmäktige beslutade på tisdagskvällen att färjan ska gå även på vintern. För öborna är det ett "
        "viktigt steg, säger Åke Öström, som är ordförande i föreningen. Frågan är långt ifrån löst.",
        ("cp1252", "iso8859-15", "cp850"),
    ),
    "Polish": (
        "Rada miasta orzekła w środę, że prom wróci przed zimą. Łukasz Żółć powiedział, że jest to "
        "zwycięstwo mieszkańców. Prezes Małgorzata Świętoń nie skomentowała decyzji, a rzecznik "
        "zapowiedział, że będą kolejne spotkania.",
        ("cp1250", "iso8859-2", "cp852"),
    ),
    "Czech": (
        "Zastupitelstvo ve středu rozhodlo, že přívoz bude jezdit i v zimě. Starosta Jiří Dvořák řekl, že "
        "jde o vítězství obyvatel. Žalobce oznámil, že se neodvolá, a loděnice přislíbila, že člun brzy "
        "opraví.",
        ("cp1250", "iso8859-2", "cp852"),
    ),
    "Hungarian": (
        "A képviselőtestület szerdán kimondta, hogy a komp télen is jár. Őry Ödön polgármester szerint ez a "
        "lakók győzelme. Az ügyészség közölte, hogy nem fellebbez, a hajógyár pedig új hűtőházat épít.",
        ("cp1250", "iso8859-2"),
    ),
    "Romanian": (
        "Consiliul a hotărât miercuri că bacul va circula şi iarna. Primarul a spus că este o victorie a "
        "locuitorilor, însă opoziţia a anunţat că va contesta decizia în instanţă, pentru că preţul a "
        "crescut.",
        ("cp1250", "iso8859-2"),
    ),
    "Croatian": (
        "Gradsko vijeće odlučilo je u srijedu da će trajekt voziti i zimi. Načelnik Željko Šarić rekao je da "
        "je to pobjeda građana, a tužitelj je najavio da se neće žaliti na odluku koja je donesena noću.",
        ("cp1250", "iso8859-2"),
    ),
    "Turkish": (
        "Belediye başkanı gazetecilere yaptığı açıklamada, vapurun kışın da çalışacağını söyledi. Muhalefet "
        "ise bunun pahalı olacağını belirterek karşı çıktı. İstanbul’da ve Şişli’de toplanan gruplar için bu "
        "bir başlangıç.",
        ("cp1254", "iso8859-9"),
    ),
    "Lithuanian": (
        "Taryba trečiadienį nusprendė, kad keltas plauks ir žiemą. Meras sakė, kad tai yra žmonių pergalė, "
        "bet opozicija šį sprendimą skųs, nes kaina išaugo. Už tai balsavo dauguma, o prieš buvo keturi.",
        ("cp1257", "iso8859-13"),
    ),
    "Russian": (
        "Городской совет решил в среду, что паром будет ходить и зимой. Мэр сказал, что это победа жителей, "
        "но не все с ним согласны. Журналисты выразили обеспокоенность тем, что цены выросли.",
        ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    ),
    "Ukrainian": (
        "Міська рада вирішила в середу, що пором буде ходити і взимку. Мер сказав, що це перемога мешканців, "
        "але не всі з ним згодні. Журналісти занепокоєні тим, що ціни зросли, а їхні питання лишилися.",
        ("cp1251", "koi8-u"),
    ),
    "Greek": (
        "Το δημοτικό συμβούλιο αποφάσισε την Τετάρτη ότι το φέρι θα κινείται και τον χειμώνα. Ο δήμαρχος "
        "είπε ότι είναι νίκη των κατοίκων, αλλά δεν συμφωνούν όλοι με την απόφαση.",
        ("cp1253", "iso8859-7"),
    ),
    "Hebrew": (
        "מועצת העיר החליטה ביום רביעי כי המעבורת תפעל גם בחורף. ראש העיר אמר כי זה ניצחון של התושבים, אך לא "
        "כולם מסכימים עם ההחלטה הזאת.",
        ("cp1255", "iso8859-8"),
    ),
    "Arabic": (
        "قرر مجلس المدينة يوم الأربعاء أن العبارة ستعمل في الشتاء أيضا. وقال رئيس البلدية إن هذا انتصار "
        "للسكان، لكن لا يتفق الجميع مع هذا القرار الذي أعلن عن طريق الصحف.",
        ("cp1256", "iso8859-6"),
    ),
    "Japanese": (
        "市議会は水曜日、フェリーが冬も運航すると決めた。市長は住民の勝利だと述べたが、全員が賛成しているわけ"
        "ではない。新聞社の記者は、料金が上がったことを心配している。",
        ("shift_jis", "euc_jp", "iso2022_jp"),
    ),
    "Chinese": (
        "市议会星期三决定，渡轮冬天也将运行。市长说这是居民的胜利，但是并非所有人都同意。报社的记者担心价格已"
        "经上涨，而且没有人知道桥什么时候能够重新开放。",
        ("gb18030", "gbk"),
    ),
    "Korean": (
        "시의회는 수요일 여객선이 겨울에도 운항한다고 결정했다. 시장은 주민의 승리라고 말했지만 "
        "모두가 찬성하는 것은 아니다. 신문 기자들은 요금이 올랐다고 걱정한다.",
        ("cp949", "euc_kr"),
    ),
}
"""By language: some sentences, and the encodings other than Unicode's in which they can be written."""
