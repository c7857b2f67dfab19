/** Owns the service names that may stand for a port: a table of its own, so that a file means the same everywhere. */

import type { Protocol } from './protocol.ts';

/* Names registered with IANA, and aliases, as Debian's /etc/services has them; each for the protocols behind it. */
const table = `
  echo 7 tcp udp              discard 9 tcp udp           daytime 13 tcp udp        ftp-data 20 tcp
  ftp 21 tcp                  ssh 22 tcp                  telnet 23 tcp             smtp 25 tcp
  mail 25 tcp                 time 37 tcp udp             whois 43 tcp              tacacs 49 tcp udp
  domain 53 tcp udp           bootps 67 udp               bootpc 68 udp             tftp 69 udp
  gopher 70 tcp               finger 79 tcp               http 80 tcp               www 80 tcp
  kerberos 88 tcp udp         kerberos5 88 tcp udp        krb5 88 tcp udp           acr-nema 104 tcp
  dicom 104 tcp               pop3 110 tcp                pop-3 110 tcp             sunrpc 111 tcp udp
  portmapper 111 tcp udp      nntp 119 tcp                ntp 123 udp               epmap 135 tcp
  netbios-ns 137 udp          netbios-dgm 138 udp         netbios-ssn 139 tcp       imap2 143 tcp
  imap 143 tcp                snmp 161 tcp udp            snmp-trap 162 tcp udp     snmptrap 162 tcp udp
  bgp 179 tcp                 ldap 389 tcp udp            svrloc 427 tcp udp        https 443 tcp udp
  microsoft-ds 445 tcp        kpasswd 464 tcp udp         submissions 465 tcp       ssmtp 465 tcp
  smtps 465 tcp               urd 465 tcp                 isakmp 500 udp            syslog 514 udp
  printer 515 tcp             rtsp 554 tcp udp            nntps 563 tcp             submission 587 tcp
  ipp 631 tcp                 ldaps 636 tcp udp           kerberos-adm 749 tcp      domain-s 853 tcp udp
  rsync 873 tcp               ftps-data 989 tcp           ftps 990 tcp              telnets 992 tcp
  imaps 993 tcp               pop3s 995 tcp               socks 1080 tcp            openvpn 1194 tcp udp
  rmiregistry 1099 tcp        ms-sql-s 1433 tcp           ms-sql-m 1434 udp         l2f 1701 udp
  l2tp 1701 udp               radius 1812 tcp udp         radius-acct 1813 tcp udp  radacct 1813 tcp udp
  nfs 2049 tcp udp            cvspserver 2401 tcp         dict 2628 tcp             icpv2 3130 udp
  icp 3130 udp                iscsi-target 3260 tcp       mysql 3306 tcp            ms-wbt-server 3389 tcp
  svn 3690 tcp                subversion 3690 tcp         sieve 4190 tcp            epmd 4369 tcp
  ipsec-nat-t 4500 udp        iax 4569 udp                sip 5060 tcp udp          sip-tls 5061 tcp udp
  xmpp-client 5222 tcp        jabber-client 5222 tcp      xmpp-server 5269 tcp      jabber-server 5269 tcp
  mdns 5353 udp               postgresql 5432 tcp         postgres 5432 tcp         nrpe 5666 tcp
  amqps 5671 tcp              amqp 5672 tcp sctp          x11 6000 tcp              redis 6379 tcp
  syslog-tls 6514 tcp         ircd 6667 tcp               ircs-u 6697 tcp           http-alt 8080 tcp
  webcache 8080 tcp           tproxy 8081 tcp             puppet 8140 tcp           git 9418 tcp
  zabbix-agent 10050 tcp      zabbix-trapper 10051 tcp    webmin 10000 tcp          hkp 11371 tcp
`;

function readTable(): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const entry of table.trim().split(/\s{2,}/)) {
    const [name, port, ...protocols] = entry.split(' ');
    for (const protocol of protocols) ports.set(`${name}/${protocol}`, Number(port));
  }
  return ports;
}

/** Read at the first question: most files have numbers only. */
let ports: ReadonlyMap<string, number> | undefined;

/** The port of a service name, which is known for each protocol by itself, with case, as in getservbyname(). */
export function portOfName(name: string, protocol: Protocol): number | undefined {
  ports ??= readTable();
  return ports.get(`${name}/${protocol}`);
}

/** Every name that has a port for this protocol. */
export function portNames(protocol: Protocol): readonly string[] {
  ports ??= readTable();
  return [...ports.keys()].flatMap((key) => (key.endsWith(`/${protocol}`) ? [key.slice(0, -protocol.length - 1)] : []));
}

let names: ReadonlyMap<string, string> | undefined;

/** What a port is called in this protocol: the first of its names. */
export function nameOfPort(port: number, protocol: Protocol): string | undefined {
  ports ??= readTable();
  names ??= new Map(
    [...ports]
      .toReversed()
      .map(([key, number]) => [`${number}${key.slice(key.indexOf('/'))}`, key.split('/')[0] ?? '']),
  );
  return names.get(`${port}/${protocol}`);
}
