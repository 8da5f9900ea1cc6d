-- Mail domains by which an access request finds its organisation. A domain belongs to one organisation.
CREATE TABLE account_domains (
  domain     TEXT   PRIMARY KEY,
  account_id BIGINT NOT NULL
);
CREATE INDEX account_domains_of_account ON account_domains (account_id, domain);
