/*
 * judge.c - the rules by which a column looks personal
 *
 * The first rule that fits decides. Names say most; the table says what a name like "name" or
 * "duration" is about, and the type whether it can be at all. The words are those of everyday
 * schemas in English, French, German, Spanish, Italian, Portuguese and Dutch, and of the standards:
 * vCard (RFC 6350), OpenID Connect's claims, OAuth (RFC 6749), SIP (RFC 3261), RADIUS (RFC 2865,
 * RFC 2866).
 */
#include "discover/discover.h"

#include "discover/name.h"

#include <string.h>

enum type {
    TEXT = 1 << 0,
    TIME = 1 << 1,
    NUMBER = 1 << 2,
    NETWORK = 1 << 3,
    UUID = 1 << 4,
    DOCUMENT = 1 << 5, /* json, hstore, xml, arrays */
    BYTES = 1 << 6,
    MAC = 1 << 7,
    OTHER = 1 << 8, /* boolean, enum, … */
    WORDS = TEXT | DOCUMENT,
    VALUE = TEXT | DOCUMENT | BYTES | UUID,
    ANY = (1 << 9) - 1,
};

/* What a table is about; 0 is none of these. */
enum about {
    PEOPLE = 1 << 0,
    CALLS = 1 << 1,
    VISITS = 1 << 2,
    MESSAGES = 1 << 3,
    SETTINGS = 1 << 4,
    KEYS = 1 << 5,
    ANYTHING = 0,
};

struct rule {
    const char *category, *kind;
    double score;
    int types;
    int about;     /* only in such tables; 0: in all */
    int not_about; /* never in these */
    const char *phrases, *except;
};

#define PERSONAL "personal"
#define USAGE "usage"
#define TELEPHONY "telephony"
#define CREDENTIALS "integration_credentials"

static const struct rule rules[] = {
    {CREDENTIALS, "password", 0.97, VALUE, 0, 0,
     "password* passwd passphrase pwd pass$ mot_de_passe kennwort passwort contrasena senha "
     "wachtwoord crypted_password password_digest salt$ ha1 ha1b nt_hash lm_hash psk pin_code "
     "pin$ passcode encrypted_pass*",
     "type policy hint format algorithm length url path"},
    {CREDENTIALS, "secret", 0.96, VALUE, 0, 0,
     "secret* api_key apikey access_key private_key auth_key signing_key encryption_key "
     "secret_key client_secret otp* totp* mfa_secret credential credentials hmac* webhook_secret "
     "recovery_code* backup_code* code_verifier code_challenge authorization_code auth_code keytab "
     "shared_key encrypted_* bearer jwt p256dh",
     "type method format length url enabled name expires"},
    {CREDENTIALS, "token", 0.94, VALUE, 0, 0,
     "token* access_token refresh_token id_token auth_token session_token oauth* api_token "
     "reset_token confirmation_token invitation_token invite_token remember_token",
     "type endpoint limit method count uri url expires_in tokenizer tokenized scope scopes"},
    {CREDENTIALS, "key", 0.70, VALUE, KEYS, 0, "key value code hash digest data cert certificate",
     NULL},

    {TELEPHONY, "call number", 0.93, TEXT | NUMBER, 0, 0,
     "caller* callee* calling* called* ani dnis did did_number clid cnam cli callerid caller_id* "
     "destination_number source_number from_number to_number dialed* dialled* redirected_number "
     "forwarded_to forward_to call_forward* outbound_caller* effective_caller* calling_station_id "
     "called_station_id callingstationid calledstationid e164 msisdn src$ dst$ src_user dst_user "
     "from_user to_user from_uri to_uri ruri ruri_user request_uri_user presence_id aor "
     "extension exten extension_number voicemail_number",
     "type enabled count"},
    {TELEPHONY, "call id", 0.85, TEXT | UUID, 0, 0,
     "call_id callid sip_call_id call_sid call_uuid uniqueid linkedid acct_session_id "
     "acctsessionid acct_unique_id acctuniqueid acct_multi_session_id from_tag to_tag "
     "xml_cdr_uuid bleg_uuid leg_uuid dialog_id",
     NULL},
    {TELEPHONY, "call record", 0.90, TEXT | TIME | NUMBER, 0, 0,
     "call_start* call_end* call_date calldate call_time call_duration call_direction billsec "
     "billmsec bill_sec answer_stamp start_stamp end_stamp answer_epoch start_epoch end_epoch "
     "hangup* hangup_cause ring_time talk_time hold_time wait_time duration_ms acct_start_time "
     "acct_stop_time acct_session_time acctstarttime acctstoptime acctsessiontime acctupdatetime "
     "acct_input_octets acct_output_octets acctinputoctets acctoutputoctets acctterminatecause "
     "disposition lastapp lastdata dcontext dstchannel sip_code sip_reason",
     "type"},
    {TELEPHONY, "recording", 0.90, WORDS | BYTES, 0, 0,
     "recording* record_file recordingfile record_path record_name voicemail* voice_mail "
     "voicemail_path transcription transcript call_recording greeting*",
     "enabled type count"},
    {USAGE, "mac", 0.93, MAC, 0, 0, "", NULL},
    {USAGE, "ip", 0.95, ANY & ~(TIME | OTHER | DOCUMENT | MAC), 0, SETTINGS,
     "ip ipv4 ipv6 ip_address ip_addr remote_addr remote_ip remote_address client_ip host_ip "
     "x_forwarded_for src_ip source_ip dst_ip last_ip signup_ip framed_ip_address framedipaddress "
     "framedipv6* network_addr from_ip user_ip ipaddr received",
     "count type whitelist version required allowed"},
    {USAGE, "ip", 0.90, NETWORK, 0, SETTINGS, "", NULL},
    {TELEPHONY, "call record", 0.80, TIME, CALLS, 0,
     "start* end* answer* stamp$ time$ date$ created* begin* connect* disconnect* ring* stop* "
     "setup* finished* at$ callstart progress*",
     "updated read expir*"},
    {TELEPHONY, "call record", 0.78, NUMBER, CALLS, 0,
     "duration* *sec seconds secs length billed cost rate start* end* answer* epoch", "id"},
    {TELEPHONY, "call record", 0.75, TEXT, CALLS, 0,
     "from to from$ to$ channel direction cause reason status disposition number destination "
     "source contact uri callee caller user agent queue bridge account* account_code answered_by "
     "cause_code event data1 data2 method",
     "id type"},

    {USAGE, "user agent", 0.94, WORDS, 0, 0,
     "user_agent useragent ua$ browser* accept_language http_user_agent", "enabled count"},
    {USAGE, "device", 0.90, VALUE, 0, 0,
     "device* udid imei imsi iccid idfa idfv gaid android_id mac mac_address mac_addr push_token "
     "fcm_token registration_token visitor_id anonymous_id installation_id instance_id "
     "fingerprint browser_id hardware_id",
     "type count limit"},
    {USAGE, "device", 0.72, TEXT, 0, SETTINGS, "device_type os os_name os_version platform$", NULL},
    {USAGE, "session", 0.86, VALUE | NUMBER, 0, 0,
     "session_id session_key session_data session_uuid cookie* tracking_id gclid fbclid fbp utm_* "
     "client_id$ sid$ user_session*",
     "count type enabled"},
    {USAGE, "page", 0.85, TEXT, 0, 0,
     "referrer* referer* landing_page page_url page_title page_path request_path request_uri "
     "request_url request_params request_body query_string search_query search_term clicked_url "
     "visited_url http_referer current_url last_page",
     "type policy"},
    {USAGE, "page", 0.75, TEXT, VISITS, 0, "url uri path query page title params location", NULL},
    {USAGE, "sign-in", 0.85, TIME | NUMBER, 0, 0,
     "last_login* last_seen* last_sign_in* current_sign_in* last_active* last_activity* "
     "sign_in_count login_count last_logon* lastlogin* lastaccess last_access* last_visit* "
     "last_online* last_used* login_time logout_time login_at logout_at failed_login* "
     "last_request* last_connect* last_ping* remember_created_at last_modified_by_ip visited_at "
     "viewed_at clicked_at opened_at",
     NULL},

    {PERSONAL, "email", 0.97, WORDS, 0, 0,
     "email* e_mail e_mails mail$ mails email_address courriel correo posta_elettronica reply_to "
     "from_address to_address mailbox electronic_mail* sender_address recipient_address",
     "type template format sent enabled digest provider server host port count settings "
     "notification notifications verified opt frequency subject id"},
    {PERSONAL, "phone", 0.95, TEXT | NUMBER, 0, 0,
     "phone* telephone* telefon* tel mobile* cell_phone cellphone cell_number handy handynummer "
     "portable fax* whatsapp* sms_number phone_number mobile_number contact_number home_phone "
     "work_phone",
     "type enabled count verified app country code_sent"},
    {PERSONAL, "name", 0.96, WORDS, 0, 0,
     "first_name last_name middle_name maiden_name birth_name full_name fullname family_name "
     "given_name given_names nick_name nickname legal_name display_name displayname real_name "
     "surname sur_name user_name username customer_name contact_name sender_name recipient_name "
     "owner_name billing_name shipping_name guest_name attendee_name author_name organizer_name "
     "organiser_name account_holder card_holder cardholder* fname lname firstname lastname prenom "
     "nom nom_famille vorname nachname apellido* nombre cognome sobrenome voornaam achternaam "
     "initials salutation name_prefix name_suffix honorific* gecos cn$ sn$ person_name "
     "employee_name agent_name from_name to_name screen_name login login_name user_login handle "
     "user_handle formatted_name sort_name phonetic* real_name assignee_name reporter_name "
     "creator_name preferred_username uid$ auth_user auth_username authname username_canonical",
     "type format count id policy"},
    {PERSONAL, "name", 0.85, WORDS, PEOPLE, 0,
     "^name$ name title label alias aliases description about", "type file"},
    {PERSONAL, "company", 0.72, TEXT, 0, 0,
     "company company_name organization organisation organization_name organisation_name employer "
     "societe firma empresa azienda vat vat_id vat_number siret siren tax_id tax_number job_title "
     "occupation job_position department profession",
     "type size id"},
    {PERSONAL, "address", 0.88, WORDS, 0, SETTINGS,
     "address address_1 address_2 address1 address2 address_line* street* addr line_1 line_2 line1 "
     "line2 city town zip zip_code zipcode postal_code postcode post_code postal region county "
     "province adresse ville code_postal plz strasse ort direccion indirizzo po_box suburb "
     "locality house_number apartment home_address billing_address shipping_address residence",
     "type format count ip mac url id"},
    {PERSONAL, "place", 0.85, TEXT | NUMBER | OTHER, 0, SETTINGS,
     "latitude longitude lat lng lon geo* coordinates geolocation gps* location_name", "type"},
    {PERSONAL, "place", 0.65, TEXT, PEOPLE | VISITS, 0,
     "location country country_code state time_zone timezone locale language", NULL},
    {PERSONAL, "birth", 0.95, ANY & ~OTHER, 0, 0,
     "birth* date_of_birth dob naissance geburtsdatum geburt* nacimiento nascita birthday age$ "
     "birthdate",
     NULL},
    {PERSONAL, "demographic", 0.85, ANY, 0, 0,
     "gender sex civilite nationality marital_status religion ethnicity race$ disability", NULL},
    {PERSONAL, "id number", 0.93, TEXT | NUMBER, 0, 0,
     "ssn social_security* passport* national_id nir driver_license driving_licen* license_plate "
     "insurance_number medical_record* identity_number id_card personal_number citizen_id",
     "enabled"},
    {PERSONAL, "bank", 0.92, TEXT | NUMBER, 0, 0,
     "iban bic swift card_number credit_card* debit_card* cc_number card_last* last4 last_4 "
     "routing_number bank_account* account_number sepa* stripe_customer* customer_stripe*",
     "type enabled"},
    {PERSONAL, "social", 0.88, WORDS, 0, SETTINGS,
     "skype twitter linkedin facebook instagram telegram github_username mastodon website homepage "
     "social* jabber icq xmpp discord* slack_id profile_url",
     "enabled count"},
    {PERSONAL, "picture", 0.86, VALUE, 0, SETTINGS,
     "avatar* photo* picture* selfie profile_image portrait voice_print signature* thumbnail_photo",
     "count size type content_type updated enabled"},
    {PERSONAL, "free text", 0.75, WORDS, 0, SETTINGS,
     "note notes comment comments bio biography about_me about message_text message_body feedback "
     "testimonial remarks remark annotation raw_email message_html body_html plain_text "
     "additional_info status_message",
     "count type id enabled"},
    {PERSONAL, "free text", 0.78, WORDS, PEOPLE | MESSAGES | CALLS, 0,
     "body message text content subject description summary answer question custom_fields "
     "attributes metadata extra properties props value html title snippet payload topic",
     "count type id"},
    {PERSONAL, "attendee", 0.82, WORDS, 0, 0,
     "attendee attendees participants recipients cc bcc guests invitees organizer organiser "
     "members_list addressee",
     "count type id"},
    {PERSONAL, "external id", 0.62, TEXT, PEOPLE, 0,
     "external_id clerk_id auth0_id google_id facebook_id apple_id subject_id provider_uid sub$ "
     "identifier provider_user_id",
     NULL},
};

static const struct {
    enum about about;
    const char *phrases;
} tables[] = {
    {CALLS,
     "call calls cdr cdrs xml_cdr acc missed_calls voicemail* voicemails recordings call_log* "
     "call_record* sms* radacct accounting queue_log dialog call_legs conference_participants "
     "phone_calls missed_call acc_cdrs cel"},
    {KEYS, "tokens credentials secrets api_keys oauth* keys access_tokens webauthn* password* "
           "certificates"},
    {VISITS, "session sessions visit visits visitor visitors pageview* page_view* clicks login* "
             "logins access_log* audit* activity activities history tracking analytics devices "
             "impressions ahoy* requests"},
    {MESSAGES, "message messages chat* comment comments post posts note notes email emails mail "
               "mails ticket* conversation* reply replies feedback review reviews statuses status "
               "discussion* article* inbox letter* booking* event* appointment* meeting*"},
    {PEOPLE, "user users customer* contact* person* people agent agents employee* lead leads "
             "patient* member members subscriber* profile* attendee* guest* participant* author* "
             "owner* client clients staff partner* invit* recipient* applicant* candidate* "
             "student* address* account accounts buddy operator* host hosts driver* tenant_user* "
             "identity identities vcard* speaker* donor* reporter* teacher* doctor* worker* "
             "res_partner opportunit*"},
    {SETTINGS, "setting* config* template* permission* role roles migration* translation* product* "
               "plan plans price* currency currencies country countries language* category "
               "categories tag tags schema* version* feature* country_codes timezone* dialplan* "
               "dispatcher routes gateways job_queue ar_internal_metadata workflow* menu* module*"},
};

static enum about about(const struct name *table)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (name_has(table, tables[i].phrases))
            return tables[i].about;
    return ANYTHING;
}

static enum type type_of(const char *type)
{
    static const struct {
        enum type type;
        const char *names;
    } types[] = {
        {TEXT, " text varchar bpchar citext name char xml email "},
        {TIME, " timestamptz timestamp date time timetz "},
        {NUMBER, " int2 int4 int8 numeric float4 float8 money interval "},
        {NETWORK, " inet cidr "},
        {MAC, " macaddr macaddr8 "},
        {UUID, " uuid "},
        {DOCUMENT, " json jsonb hstore tsvector "},
        {BYTES, " bytea "},
    };
    char padded[80];
    if (type[0] == '_')
        return DOCUMENT;
    size_t length = strnlen(type, 70);
    padded[0] = ' ';
    memcpy(padded + 1, type, length);
    memcpy(padded + 1 + length, " ", 2);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strstr(types[i].names, padded) != NULL)
            return types[i].type;
    return OTHER;
}

/* What says nothing about a person whatever else the name says. */
static bool is_harmless(const struct name *column, enum type type)
{
    static const char *const flags = "^is ^has ^can ^should ^allow ^enable ^require ^show ^notify "
                                     "^use ^skip ^hide ^auto ^default ^max ^min ^num ^total";
    static const char *const ends =
        "enabled$ type$ opt$ required$ method$ format$ template$ order$ position$ version$ limit$ "
        "size$ expires$ level$ mode$ kind$ class$ verified$ visibility$ confirmed$ priority$ "
        "schema$ count$ policy$";
    static const char *const kept = "sign_in_count login_count device_type";
    if (name_has(column, kept))
        return false;
    if (name_has(column, flags) || name_has(column, ends))
        return true;
    static const char *const dates = "birth* dob call* start* end* answer* last* login* logout* "
                                     "acct* visited* viewed* clicked* opened* calldate stamp time "
                                     "date naissance geburt* current_sign_in_at connect* "
                                     "disconnect* created* begin* stop* setup* remember_created_at";
    return type == TIME && !name_has(column, dates);
}

static const char *vendor(const struct name *table, const struct name *column)
{
    static const char *const vendors[] = {
        "google",   "twilio",  "salesforce", "hubspot", "shopify",   "stripe",   "slack",
        "github",   "gitlab",  "microsoft",  "zoom",    "mailchimp", "sendgrid", "aws",
        "facebook", "twitter", "paypal",     "zendesk", "intercom",  "dropbox",  "apple",
    };
    for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
        if (name_has(column, vendors[i]) || name_has(table, vendors[i]))
            return vendors[i];
    return NULL;
}

static bool fits(const struct rule *rule, const struct name *column, enum type type,
                 enum about table)
{
    if ((rule->types & (int)type) == 0 || (rule->not_about & (int)table) != 0 ||
        (rule->about != 0 && (rule->about & (int)table) == 0))
        return false;
    if (rule->phrases[0] != '\0' && !name_has(column, rule->phrases))
        return false;
    return rule->except == NULL || !name_has(column, rule->except);
}

void discover_judge(const char *table_name, const char *type_name, struct discovered_column *column)
{
    struct name name, table;
    name_read(column->column, &name);
    name_read(table_name, &table);
    enum type type = type_of(type_name);
    enum about is_about = about(&table);
    bool is_reference = name_has(&name, "id$ ids$ uuid$ fk$") && (type & (NUMBER | UUID)) != 0;
    if (is_harmless(&name, type))
        return;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *rule = &rules[i];
        if (!fits(rule, &name, type, is_about) ||
            (is_reference && strcmp(rule->category, USAGE) != 0 && strcmp(rule->kind, "call id")))
            continue;
        bool by_type = rule->phrases[0] == '\0';
        column->category = rule->category;
        column->kind = rule->kind;
        column->score = rule->score;
        column->why = by_type ? "type" : rule->about != 0 ? "name, table" : "name";
        if (strcmp(rule->category, CREDENTIALS) == 0)
            column->vendor = vendor(&table, &name);
        return;
    }
}
