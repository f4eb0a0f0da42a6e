CREATE INDEX outbox_address_sent_at_idx ON outbox (address, sent_at);
