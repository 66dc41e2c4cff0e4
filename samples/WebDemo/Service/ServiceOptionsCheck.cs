using Microsoft.Extensions.Options;

namespace WebDemo.Service;

/// <summary>Stops a program with unusable options before it listens.</summary>
internal sealed class ServiceOptionsCheck : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
