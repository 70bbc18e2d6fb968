-- The least price that is paid online, where there is one; it was the least of all, of what only the counter sells too.
update shows set price_from = online.amount
  from (select id, min((price -> 'price' ->> 'amount')::int) as amount
          from shows, jsonb_array_elements(prices) as price
         where price -> 'channels' ? 'online' and price -> 'requires' = '[]'
         group by id) as online
 where online.id = shows.id and online.amount <> shows.price_from;
