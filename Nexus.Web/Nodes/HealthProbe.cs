namespace Nexus.Web.Nodes;

/// <summary><c>Nexus.Web health ADDRESS</c>: ends with 0 where the address answers well, for containers that have no other client.</summary>
internal static class HealthProbe
{
    public static bool Is(string[] args) => args is ["health", _];

    public static async Task<int> RunAsync(string[] args)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(new Uri(args[1]));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
