using System.Collections.Frozen;

namespace Nexus.Data.Identity;

/// <summary>
/// Passwords that guessers try first, in lower case: whole ones of 12 characters or more, and the words that people lengthen
/// by digits and signs (<see cref="PasswordRule"/> compares without those as well). Put together by hand.
/// </summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> All = """
        010101010101 010203040506 012345678910 0123456789ab 098765432100 0987654321ab 100200300400 101010101010 102030405060 111222333444 111222333444555
        112233445566 112358132134 121212121212 123123123123 123321123321 123454321234 1234567890ab 1234567890abc 1234567890qwe 1234567890qwer 123456789abc
        123456789abcd 123456789qwe 123456789qwerty 12345678qwerty 123456abcdef 123456qwerty 123654789123 123698745000 123qwe123qwe 123qweasdzxc 135792468000
        147258369000 147258369147 147852369147 159357159357 159753159753 159951159951 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p
        1qaz2wsx3edc 1qaz2wsx3edc4rfv 246813579000 271828182845 314159265358 456789123456 5201314520131 741852963000 789456123000 789456123789 987654321000
        9876543210ab a12345678901 a123456789012 a1b2c3d4e5f6 a1b2c3d4e5f6g7 a1s2d3f4g5h6 aa1234567890 aa123456789012 abc abc123456789 abc1234567890 abcd
        abcd12345678 abcd123456789 abcdef abcdef123456 abcdefg12345 abcdefg123456 abcdefgh abcdefgh1234 abcdefgh12345678 abracadabra1 abracadabra123
        access123456 access1234567 admin admin1234567 admin12345678 admin123456789 admin@123456 admin@1234567 admin@12345678 adminadminadmin administrador
        administrator administrator1 administrator123 aini12345678 alhamdulillah alhamdulillah1 allahuakbar1 allahuakbar123 andrew123456 android12345
        anhyeuem1234 anthony12345 antidisestablishmentarianism approver approver1234 approver12345 april arsenal12345 artificialintelligence asdf1234asdf
        asdfasdfasdf asdfghjkl asdfghjkl123 asdfghjkl1234 asdfghjkl12345 asdfghjklqwertyuiop asdfqwerzxcv ashley123456 astaghfirullah auditor auditor12345
        august autumn autumn202020 azertyuiop azertyuiop12 azertyuiop123 azertyuiop1234 bangladesh123 barcelona123 barcelona1234 baseball baseball1234
        baseball12345 basketball basketball12 basketball123 batman batman123456 bestpassword123 bismillah123 bismillah1234 blessed12345 bonjour12345
        bonjour123456 butterfly123 butterfly1234 changeme changeme1234 changeme12345 changemeplease charlie12345 chelsea12345 chocolate123 chocolate1234
        christismylord company company12345 companyname123 complexpassword computer computer1234 computer12345 contrasena contrasena123 contrasena1234
        contraseña123 cookie123456 correcthorse correcthorsebatterystaple cristiano123 daniel123456 datascience12 datascience123 december december1234
        deeplearning1 default default12345 defaultpassword demo demo12345678 demodemodemo developer123 developer1234 difficultpassword docker123456
        dontforgetit dontknow1234 doraemon1234 doudou123456 dragon dragon123456 dragon1234567 elastic12345 engineer engineer1234 engineer12345 example
        example12345 examplepassword facebook1234 facebook12345 february february1234 fenerbahce1907 flower123456 football football1234 football12345
        football123456 forgetmenot12 forgotpassword fortnite fortnite1234 friday galatasaray123 geheim123456 gfhjkmgfhjkm ghbdtnghbdtn ginger123456
        godisgood123 godisgreat123 goodluck1234 goodmorning1 goodmorning123 goodnight123 goodpassword123 google123456 grafana12345 guest guest1234567
        guestguestguest hallo1234567 hallohallo12 hallowelt123 happybirthday happybirthday1 happynewyear happynewyear1 haslo1234567 haslohaslo12 hello
        hello1234567 hello12345678 hellohello12 helloworld helloworld!! helloworld12 helloworld123 helloworld1234 heslo1234567 hockey123456 hola12345678
        holamundo123 holaquetal123 horsebatterystaple hunter123456 hunter2hunter2 ichliebedich ichliebedich1 ihavenopassword ilovechocolate ilovefootball
        ilovejesus123 ilovemydaughter ilovemydog123 ilovemyfamily ilovemygirls ilovemymother iloveyou iloveyou1234 iloveyou12345 iloveyou123456 iloveyou2023
        iloveyou2024 iloveyou2025 iloveyoualways iloveyoubaby iloveyouforever iloveyouiloveyou iloveyoujesus iloveyoumore iloveyousomuch india1234567
        india@123456 indonesia123 instagram123 instagram1234 insyaallah123 internet internet1234 internet12345 inthenameofgod iphone123456 january
        january12345 jenkins12345 jennifer1234 jessica12345 jesuschrist1 jesuschrist123 jesusislord1 jesuslovesme jetaime12345 jordan123456 july june
        juventus1234 killer123456 kubernetes12 kubernetes123 labeler labeler12345 letmein letmein12345 letmein123456 letmeinletmein letmeinplease linkedin1234
        linux1234567 liverpool123 liverpool1234 login login1234567 loginlogin12 longpassword longpassword123 losenord1234 machinelearning machinelearning1
        manchester123 manchestercity manchesterunited march marina123456 marseille123 master master123456 master1234567 masyaallah123 matkhau12345
        matthew12345 maytheforcebewithyou meinpasswort meinpasswort1 merrychristmas merrychristmas1 messi1234567 michael12345 michael123456 micontrasena1
        microsoft123 microsoft1234 mima12345678 minecraft minecraft123 minecraft1234 minecraft12345 minhasenha123 monday monkey monkey123456 monkey1234567
        motdepasse motdepasse12 motdepasse123 motdepasse1234 mypassword mypassword123 mypassword1234 mysecretpassword mysql1234567 natasha12345 newpassword123
        newpassword1234 nexus nexus1234567 nexusadmin123 nexusnexusnexus nexuspassword nexusportal nexusportal1 nexusportal12 nexusportal123 neymar123456
        nicole123456 nopassword123 nopasswordhere nothingtosee november november1234 october office123456 onceuponatime opensesame123 openthedoor123
        oracle123456 p@ssw0rd p@ssw0rd1234 p@ssw0rd12345 p@ssw0rd123456 p@ssw0rdp@ssw0rd p@ssword p@ssword1234 p@ssword12345 pa$$w0rd pa$$w0rd1234 pa$$word
        pa$$word1234 pakistan1234 pakistan12345 paris1234567 parola123456 parolaparola pass12345678 pass123456789 pass1234pass1234 passw0rd passw0rd1234
        passw0rd12345 passw0rd123456 passw0rdpassw0rd password password!234 password!@#$ password#123 password-123 password.123 password1234 password12345
        password123456 password1234567 password12345678 password123456789 password520520 password@123 password@1234 password_123 passwordabc123
        passwordpassword passwort passwort1234 passwort12345 passwort123456 pepper123456 pokemon pokemon12345 pokemon123456 polska123456 postgres1234
        postgres12345 postgrespostgres princess princess1234 princess12345 princess123456 privet123456 q1w2e3r4t5y6 q1w2e3r4t5y6u7i8 qazwsx123456 qazwsxedc123
        qazwsxedcrfv qazwsxedcrfvtgb qwaszxqwaszx qwerty qwerty123456 qwerty1234567 qwerty12345678 qwerty12345qwerty qwerty123qwerty qwerty654321 qwerty@12345
        qwerty@123456 qwertyasdfgh qwertyqwerty qwertyuiop qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiop[]\ qwertyuiopas qwertyuiopasdf
        qwertyuiopasdfgh rabbitmq1234 raspberry123 raspberrypi1 realmadrid123 ronaldo12345 root12345678 rootrootroot salasana1234 sample123456 samsung12345
        samsung123456 saturday saturday1234 sayang123456 schatz123456 secret secret123456 secretpassword secretsecret secure123456 securepassword senha
        senha1234567 senhasenha12 september september123 shadow shadow123456 sifre1234567 soccer123456 soleil123456 spiderman spiderman123 spiderman1234
        spring spring202020 springboot123 sqlserver123 starwars starwars1234 starwars12345 strongpassword strongpassword1 strongpassword123 summer
        summer123456 summer202020 sunday sunshine sunshine1234 sunshine12345 sunshine123456 superadmin superadmin123 supercalifragilisticexpialidocious
        superman superman1234 superman12345 supersecret supersecret1 supersecret123 superuser123 teamomucho12 teamomucho123 teamoporsiempre temporary
        temporary123 temporary1234 temppassword temppassword1 temppassword123 tequieromucho test test12345678 test123456789 testing testing12345 testing123456
        testpassword testpassword1 testpassword123 testtesttest testtesttest123 thankyoujesus theforceawakens thepassword thequickbrownfox
        thequickbrownfoxjumps thisisapassword thisismypassword thomas123456 thursday thursday1234 tigger123456 tobeornottobe tobeornottobethatisthequestion
        topsecret topsecret123 trustno1trustno1 tuesday twitter12345 ubuntu123456 user user12345678 username1234 usernamepassword useruseruser verysecure123
        wachtwoord wachtwoord12 wachtwoord123 wang12345678 wednesday wednesday123 welcome welcome12345 welcome123456 welcome1welcome1 welcome@1234
        welcome@12345 welcometohell welkom123456 whatever1234 whateverwhatever windows12345 windows123456 winter winter202020 woaini123456 woaini1314520
        woaini520520 youtube12345 zaq12wsxcde3 zaq1zaq1zaq1 zhang1234567 zxcvbnm zxcvbnm12345 zxcvbnm123456 zxcvbnm123456789 zxcvbnmasdfghjkl
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Append("correct horse battery staple").ToFrozenSet();

    public static bool Contains(string lowerCase) => All.Contains(lowerCase);
}
