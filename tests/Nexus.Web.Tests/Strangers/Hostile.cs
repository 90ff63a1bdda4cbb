using System.Text;
using System.Text.Json;
using CsCheck;

namespace Nexus.Web.Tests.Strangers;

/// <summary>What strangers send instead of what is asked for.</summary>
internal static class Hostile
{
    /// <summary>Texts as they are, before any encoding.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\r\nSet-Cookie: a=b", "\u202Egnp.exe", "\uFEFF", "\u200B", "é", "e\u0301", "😀", "ﷺ", "İ", "null", "true", "-1", "0", "1e999", "NaN", "Infinity", "9223372036854775808",
        "../../../../etc/passwd", "..\\..\\nexus.db", "/etc/passwd", "C:\\x", "file:///etc/passwd", "con", ".", "..", "a/b", "a//b", "%2e%2e%2f", "%00", "%",
        "' OR 1=1 --", "\"; DROP TABLE People; --", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "=cmd|' /C calc'!A0",
        "x@999999", "x@-1", "x@", "@", "latest", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "2026-02-30", "P1000000Y", "PT0S", "-PT1H", "00000000-0000-0000-0000-000000000000",
        "AAAA", "////", "eyJhIjoxfQ==", "*", "!x", "sort:", "a > ", "(((((", "a=1 and", "metrics.auc > 0.5", "\"", "\\", "'", "`", "\t", "\u001b[31m", new('x', 300), new('x', 20_000), new('(', 3_000),
    ];

    /// <summary>JSON as it is written, whole or not.</summary>
    private static readonly string[] Literals =
    [
        "null", "true", "false", "0", "-1", "1", "0.5", "1e308", "1e999", "-0", "2147483648", "9223372036854775808", "123456789012345678901234567890", "1e-400", "NaN", "Infinity", "-Infinity", "01", "+1", "\"NaN\"", "\"3\"",
        "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"\\x\"", "'a'", "[]", "[null]", "[[]]", "[[[[[[]]]]]]", "{}", "{\"\":null}", "{\"a\":1,\"a\":2}", "{\"\\u0000\":1}", "[1,2,3]", "[1,]", "{\"a\":1,}",
        "/* c */1", "\"2026-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"PT1H\"", "\"00000000-0000-0000-0000-000000000000\"", "\"Engineer\"", "[\"Emperor\"]", "1.7976931348623157e308", "5e-324", "",
    ];

    private static readonly string[] Rare =
    [
        Deep("[", "]", 70), Deep("{\"a\":", "}", 70), Deep("[", "]", 10_000), Deep("{\"a\":", "}", 10_000), "\"" + new string('a', 1_000_000) + "\"", "[" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "]",
        "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}",
    ];

    public static readonly Gen<string> Text = Gen.Frequency((9, Gen.OneOf(Texts)), (1, Gen.String[0, 40]));

    public static readonly Gen<string> Json = Gen.Frequency((30, Gen.OneOf(Literals)), (10, Text.Select(Written)), (2, Gen.Double.Select(d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture))), (1, Gen.OneOf(Rare)));

    /// <summary>Names of members and headers that no call has.</summary>
    public static readonly Gen<string> Member = Gen.OneOf("__proto__", "constructor", "$type", "id", "isAdmin", "roles", "", "nmae", "\\u0000", "a\\nb", "Name", "NAME");

    public static readonly Gen<string> ContentType = Gen.OneOf(
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=nonsense", "text/json", "application/problem+json", "text/plain", "text/html", "application/xml",
        "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"" + new string('b', 300) + "\"", "application/yaml", "text/csv",
        "application/x-ndjson", "application/vnd.apache.parquet", "application/octet-stream", "*/*", "json", ";", "\"");

    /// <summary>As one part of a path or a value of a query: mostly encoded as it ought to be.</summary>
    public static readonly Gen<string> Part = Gen.Frequency(
        (12, Text.Where(t => t.Length < 1000).Select(Escaped)), (1, Gen.OneOf(new string('x', 7000), new string('(', 3000))), (2, Gen.OneOf("%c0%ae%c0%ae", "%zz", "%", "%e0%80", "%ff", "%2e%2e", "..%2f..%2fnexus.db", "%252e%252e", "a%0d%0ab", ";x=1", "a+b", "[]", "|")));

    public static string Written(string text) => JsonSerializer.Serialize(text);

    public static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b < 128 && char.IsLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    private static string Deep(string open, string close, int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
}
