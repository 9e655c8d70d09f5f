/*
 * vocabulary_usage.c - what somebody did with a machine, from where and when
 *
 * The words of HTTP and its logs, of RADIUS accounting (RFC 2866, 2869, 3162), of OpenTelemetry's
 * conventions, of OpenRTB and of web analytics.
 */
#include "discover/vocabulary.h"

const struct rule vocabulary_usage[] = {
    {"mac", 0.93, MAC, 0, 0, "", NULL},
    {"ip", 0.90, NETWORK, 0, SETTINGS, "", NULL},
    {"ip", 0.95, TEXT | NUMBER | DOCUMENT | BYTES | NETWORK, 0, SETTINGS,
     "ip ipv4 ipv6 ipv6_address ipv4_address ipv6_prefix ip_address ip_addr inet_addr "
     "remote_addr remote_ip remote_address remote_host client_ip client_addr "
     "client_address peer_address peer_ip host_ip forwarded_for real_ip source_addr "
     "source_address src_addr src_address dst_addr dst_address destination_addr framed_ip "
     "framed_address framed_ipv6_prefix delegated_ipv6_prefix framed_interface_id nas_ip "
     "nas_ip_address adresse_ip direccion_ip indirizzo_ip endereco_ip ip_adresse "
     "creation_address via_addr login_ip_host client_endpoint server_endpoint "
     "subject_locality_address nas_name blocked_ip forwarded forwarded_chain x_forwarded "
     "source_ip via_ip ips",
     "count type whitelist version required allowed protocol range pool block list white black"},
    {"mac", 0.92, TEXT | BYTES, 0, 0,
     "mac mac_address mac_addr bssid hw_addr hardware_address duid", "os"},
    {"user agent", 0.94, WORDS, 0, 0,
     "user_agent ua$ browser accept_language http_user_agent client_version client_info "
     "user_client browser_version mobile_version app_version client_software navigateur "
     "navegador ua_string agente_usuario agent_utilisateur agente_utente agente_navegador "
     "agent_navigateur browserkennung agent_string",
     "enabled count"},
    {"device", 0.91, TEXT | DOCUMENT | BYTES, 0, 0,
     "device device_id device_token udid idfa idfv ifa gaid android_id advertising_id "
     "push_token push_endpoint push_key fcm_token apns apns_token visitor_id visitor_token "
     "visit_token anonymous_id distinct_id installation_id instance_id browser_id "
     "hardware_id device_serial machine_id aaguid didsha1 dpidmd5 macsha1 "
     "device_display_name app_display_name anon_id dev_id dev_name dev_fp",
     "type count limit created updated public_key key_fingerprint at"},
    {"device", 0.80, TEXT | CODE, 0, SETTINGS,
     "device_type os os_name os_version operating_system screen screen_width screen_height "
     "screen_resolution viewport device_model device_os manufacturer_model osv dev_type "
     "dev_os dev_model os_family ua_family",
     NULL},
    {"user agent", 0.80, TEXT, VISITS, 0,
     "client_name client$ agent$ agent_text agent_header resource$", NULL},
    {"presence", 0.80, TEXT | CODE | NUMBER, PEOPLE | VISITS, 0,
     "presence presence_state presence_status online_state online_status availability_state",
     "enabled"},
    {"device", 0.91, TEXT | NUMBER, 0, 0, "imei imsi iccid imeisv msin", NULL},
    {"device", 0.91, UUID, 0, 0, "aaguid device_uuid", NULL},
    {"device", 0.85, TEXT | BYTES, 0, 0, "fingerprint", "key cert certificate"},
    {"device", 0.72, VALUE, VISITS | PEOPLE | CALLS, 0, "serial_number serial_no", NULL},
    {"device", 0.75, TEXT, VISITS | PEOPLE, 0, "carrier", NULL},
    {"ip", 0.80, TEXT, CALLS, 0, "^received$ socket via_host", NULL},
    {"session", 0.87, VALUE, 0, 0,
     "session_key session_data session_uuid cookie tracking_id gclid fbclid msclkid fbp "
     "utm_source utm_medium utm_campaign utm_term utm_content utm user_session "
     "session_state session_index sess acct_session_id acct_multi_session_id sess_id",
     "count type enabled"},
    {"ip", 0.80, TEXT | NUMBER | BYTES, VISITS, 0, "^address$ ^addr$ lease_addr host_name", NULL},
    {"session", 0.70, UUID, VISITS, 0, "^session_id$", NULL},
    {"session", 0.86, TEXT, 0, CALLS,
     "session_id session$ ^sid$ sessid php_sess_id id_sesion id_session id_sessione "
     "id_sessao sitzungs_id sessie_id",
     "count type checkout payment stripe"},
    {"page", 0.86, WORDS, 0, CALLS,
     "referrer referer referring landing_page entry_page exit_page page_url page_title "
     "page_path request_path request_uri request_url request_params request_headers "
     "request_body query_string search_query search_term search_text search_data "
     "clicked_url visited_url current_url last_page url_visitada url_visitee url_visitata "
     "visited_page",
     "type policy"},
    {"sign-in", 0.87, TIME | NUMBER | CODE, 0, 0,
     "last_<activity> last_<activity>_<moment> latest_<activity> last_sign_in "
     "current_sign_in sign_in_count sign_in_at login_count logins_count num_logins "
     "login_time logout_time login_at logout_at login_date logout_date logged_in "
     "logged_out failed_login failed_attempt failed_attempts failed_password bad_password "
     "login_attempt login_attempts login_failures remember_created_at visited_at viewed_at "
     "clicked_at auth_time auth_date authenticated_at access_time accessed_at "
     "derniere_connexion ultimo_acceso letzter_login letzte_anmeldung ultimo_login "
     "last_contacted used_at typed_at away_since online_since idle_since sign_count "
     "usage_count authn_instant last_hit logged_in_at failed_login_counter login_counter "
     "ultimo_accesso date_connexion fecha_acceso data_accesso laatste_login "
     "last_failed_login bad_login last_search last_post login_<moment> logout_<moment> "
     "sign_in_<moment> sign_out_<moment> last_contact_at last_contact_on first_<activity> "
     "first_<activity>_<moment> presence_changed presence_<moment> last_assertion "
     "last_touch",
     "id sync_token"},
    {"sign-in", 0.80, TIME | NUMBER, PEOPLE, 0,
     "failed_count failure_count failed_login last_fail last_failed last_failure "
     "number_of_failures failures login_failures last_success last_successful",
     NULL},
    {"sign-in", 0.80, TIME, 0, CALLS, "read_at seen_at read_date read_time read_on seen_on", NULL},
    {"sign-in", 0.80, TIME, MESSAGES | VISITS | PEOPLE, 0, "opened_at opened delivered_at", NULL},
    {"sign-in", 0.80, TEXT, 0, 0, "last_login last_seen last_activity last_login_time login_time",
     NULL},
    {"network use", 0.90, NUMBER | TEXT | TIME | CODE, 0, SETTINGS | CALLS,
     "input_octet output_octet input_packet output_packet input_gigaword output_gigaword "
     "bytes_in bytes_out bytes_sent bytes_received upload_bytes download_bytes octets_in "
     "octets_out session_time session_timeout_at session_duration terminate_cause "
     "termination_cause nas_port nas_identifier nas_id nas_port_id connect_info "
     "acct_<began> acct_<ended> acct_update acct_delay acct_interim acct_unique "
     "event_timestamp sc_bytes cs_bytes time_taken acct_unique_id <flow>_<unit> "
     "<unit>_<flow> data_used data_usage online_time online_second online_<length> "
     "connected_time connection_time connect_speed connect_rate signal_strength rssi "
     "framed_ipv6_address framed_route login_service class_attribute usage_day usage_date "
     "usage_month",
     "type"},

    {"external id", 0.60, TEXT, VISITS, 0, "user_id user_uuid anonymous_user", NULL},
    {"page", 0.78, WORDS | CODE, VISITS, 0,
     "url uri path query page title referrer endpoint details event name properties "
     "payload metadata value label description message data city country region state "
     "language time_zone screen latitude longitude device_name email_address hostname host "
     "term location reason result reply content parameter show response ident make "
     "state_name selector ^model$",
     NULL},
    {"activity", 0.72, TIME | NUMBER, VISITS, 0,
     "<moment> <began> <ended> <length> <activity> login logout attempted occurred "
     "performed octet packet pkt byte gigaword mb kb gb ^since$ port attempt position x y "
     "hesitation depth download count$ opened last_activity last_read status_changed "
     "total_<length> <length>_<activity> <activity>_<length> day month",
     "updated modified deleted expires expire expiry created inserted revoked id status_code count "
     "load render "
     "paint"},
    {"activity", 0.50, WORDS | BYTES, VISITS, 0, "",
     "id uuid type level version category created updated controller provider status_code "
     "error_id schema checksum hash key_id scope slug currency color icon method protocol "
     "format <person>_id table_name model_type action source tag object resource outcome "
     "operation data_source setting config configuration preference alias public"},
};
const size_t vocabulary_usage_count = sizeof vocabulary_usage / sizeof *vocabulary_usage;
