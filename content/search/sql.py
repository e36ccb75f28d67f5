"""The statements of the search. `%(any)s` and its like are built by `content.search.question` from bare words."""

# Tiers: 0 all words, 1 words that begin so, 2 mistyped, 3 any word. The last stands in only for nothing at all.
FIND = """
WITH asked AS (
    SELECT to_tsquery('english', %(literal)s) AS literal,
           to_tsquery('english', %(meant)s) AS meant,
           to_tsquery('simple', %(begun)s) || to_tsquery('english', %(meant)s) AS begun,
           to_tsquery('english', %(corrected)s) AS corrected,
           to_tsquery('english', %(any)s) AS any_word
), found AS (
    SELECT entry.id, entry.kind, entry.title, entry.path,
           CASE WHEN words @@ meant THEN 0 WHEN words @@ begun THEN 1 WHEN words @@ corrected THEN 2 ELSE 3 END AS tier,
           2 * ts_rank('{0.05, 0.3, 0.6, 1}', words, literal, 1)
             + ts_rank('{0.05, 0.3, 0.6, 1}', words, begun || corrected || any_word, 1)
             + CASE WHEN folded = %(phrase)s THEN 3
                    WHEN starts_with(folded, %(phrase)s) THEN 1.5
                    WHEN strpos(' ' || folded, ' ' || %(phrase)s) > 0 THEN 1
                    ELSE 0 END
             + CASE kind WHEN 'specialty' THEN 0.5 WHEN 'service' THEN 0.2 WHEN 'doctor' THEN 0.2 ELSE 0 END AS score,
           tsvector_to_array(to_tsvector('english', %(spoken)s)) AS roots
    FROM search_entry entry CROSS JOIN asked
    WHERE language = %(language)s AND words @@ (begun || corrected || any_word)
)
SELECT id, kind, title, path, tier, roots
FROM (SELECT *, min(tier) OVER () AS best FROM found) ranked
WHERE tier < 3 OR best = 3
ORDER BY tier, score DESC, title, id
LIMIT %(most)s
"""

CORRECT = """
SELECT typed.word, candidate.word
FROM unnest(%(words)s::text[]) AS typed(word)
JOIN search_entry entry ON entry.language = %(language)s AND typed.word <% entry.spelling
CROSS JOIN LATERAL unnest(string_to_array(entry.spelling, ' ')) AS candidate(word)
WHERE NOT EXISTS (
    SELECT FROM search_entry known
    WHERE known.language = %(language)s AND known.words @@ to_tsquery('simple', quote_literal(typed.word) || ':*')
) AND similarity(candidate.word, typed.word) >= 0.15
GROUP BY typed.word, candidate.word
ORDER BY similarity(candidate.word, typed.word) DESC, count(*) DESC, candidate.word
LIMIT 300
""".replace("<%", "<%%")

SUGGEST = """
SELECT kind, title, path
FROM search_entry
WHERE language = %(language)s AND words @@ to_tsquery('simple', %(named)s)
ORDER BY starts_with(folded, %(phrase)s) DESC,
         array_position('{specialty,doctor,service,location,health,news,page}'::text[], kind::text), title, id
LIMIT %(most)s
"""

NEAR = """
SELECT kind, title, path
FROM search_entry
WHERE language = %(language)s AND %(phrase)s <% names AND word_similarity(%(phrase)s, names) >= 0.5
ORDER BY word_similarity(%(phrase)s, names) DESC, title, id
LIMIT %(most)s
""".replace("<%", "<%%")
