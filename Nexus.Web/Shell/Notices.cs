using MudBlazor;
using Nexus.Data;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>Runs what a person asked for and says how it went: refusals in a snackbar, the rest to the error boundary.</summary>
public sealed class Notices(ISnackbar snackbar)
{
    public void Done(string text) => snackbar.Add(text, Severity.Success);

    public void Warn(string text) => snackbar.Add(text, Severity.Warning);

    public void Failed(string text) => snackbar.Add(text, Severity.Error);

    public void Refused(RefusedException refusal) => snackbar.Add(refusal.Message, Severity.Error);

    /// <returns>False where it was refused; the person has been told why.</returns>
    public async Task<bool> TryAsync(Func<Task> act, string? done = null)
    {
        try
        {
            await act();
        }
        catch (RefusedException refusal)
        {
            Refused(refusal);
            return false;
        }
        catch (Exception outage) when (Outage.Of(outage) is { } lacking)
        {
            Failed(lacking);
            return false;
        }

        if (done is not null) Done(done);
        return true;
    }
}
